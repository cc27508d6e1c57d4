"""Does the casus fit a tafel?"""
