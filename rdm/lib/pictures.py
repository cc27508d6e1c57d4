"""When a picture in a document may hold words, which nobody reads here for personal data.

Nearly every letter has a logo. To say of each of those that it was not wholly read would teach
people to look past that sentence, so a picture as large as a logo does not count. Any other one
does: it may be of a letter, of a screen or of somebody's passport.
"""

from __future__ import annotations

# As it is shown: 8 by 4 cm. A passport is 12 by 9 cm, a card 9 by 5.
LOGO_SQUARE_MM = 80 * 40
# A logo of that size has 450,000 in print; a page that was scanned so that it can just be read has
# a million, and stays readable however small it is shown.
LOGO_PIXELS = 500_000
