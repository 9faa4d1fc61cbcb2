"""The book: the whole compendium, typeset, under ``/kompendium.pdf`` and by ``manage.py build_book``.

``contents`` puts the data of the book together from its chapters (``front``, ``fields``, ``back``, ``registers``),
``templates/typst/book.typ`` sets it, ``shelf`` keeps what was built until the content changes. Chapters consist of
few kinds of ``blocks``; entries are the same sheets as in the documents of ``ideas.exports``. The book is German.
"""
