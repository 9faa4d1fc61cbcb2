"""Taking ideas along: the selection of a page as a file.

``selection`` says what was chosen, ``dossier`` holds one entry as a document shows it, ``fields`` the columns of
the tables. ``formats`` lists the formats and ``views`` their addresses.

Each format is a function ``render(ideas, *, selection, address)``. It runs once through ``ideas``, read with
``for_page()`` and in the order of the page; ``selection`` is a :class:`~.selection.Selection`; ``address`` makes a
full address of a path. It gives the file as bytes, as an open file, or as pieces of bytes. Exports are German like
the entries, whatever the language of the page they were asked for on.
"""
