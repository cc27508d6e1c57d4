"""The whole overview on paper: one content for the page to print and for the PDF."""
