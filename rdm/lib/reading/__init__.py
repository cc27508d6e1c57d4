"""The words of a document that somebody sent, without trusting it: docx, odt and pdf."""
