"""What every public site has: who to warn of a weakness, what may be found, and what the law asks.

Addresses that programs know by heart (security.txt, robots.txt, sitemap.xml), and the pages of the
region file.
"""
