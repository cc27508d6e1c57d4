"""A copy of the whole house in a folder, and putting it back (security.md, promise 10).

The folder holds the database and the files of people, both sealed for a key that is not here, and
a signed manifest. Putting it back happens beside what runs: only what was found whole takes its
place.
"""
