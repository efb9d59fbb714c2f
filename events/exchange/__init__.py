"""Formats out and in, one a file, without HTTP.

Out: a module takes a page of a question's answer and yields text. In: a module takes a file and yields what a deed of
`events.curation` takes. A new format is a new file here and a line in `formats.py`.
"""
