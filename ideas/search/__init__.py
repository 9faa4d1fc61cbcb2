"""Word search in German, the same on SQLite and PostgreSQL; ``docs/suche.md`` explains it.

``analysis`` turns text into tokens, ``documents`` says what is searchable, ``indexing`` stores the tokens,
``sqlite`` and ``postgres`` find them, ``query`` reads what was typed, ``rank`` orders, ``matching`` joins it all.
"""
