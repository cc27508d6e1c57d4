"""The board of the themagroep: is the overview still true?"""
