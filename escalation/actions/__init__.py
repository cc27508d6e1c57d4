"""The only writers of this app. One function per thing that somebody does.

Every action is keyword-only, runs in one transaction, refuses with a reason (`rdm.lib.refusal`),
and writes the timeline, the audit row and the messages in the same breath as the change.
"""
