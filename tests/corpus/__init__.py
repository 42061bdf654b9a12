"""A corpus of books, good, odd, broken and hostile, each with what must happen when it is read.

`corpus.py` lists the classes; each file of a class has its builders beside their expectations.
"""
