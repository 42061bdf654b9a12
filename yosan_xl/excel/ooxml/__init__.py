"""The bytes of an Excel workbook -> `Book`: safe, in one pass, and knowing nothing of the form.

`open_book.open_book` is the way in, `book` has the values, `refusals` why bytes were not read.
"""
