"""Typst in a process of its own: a job as JSON on standard input, the PDF on standard output.

Typst keeps what it has computed for later documents, some 170 MB for each book, and gives it back only when the
process ends. Also, a process can be stopped. Started by :mod:`.typesetting`; fails with 1 and Typst's own words.
"""

import json
import sys

import typst


def main():
    """Make the document of one job: ``template`` and ``root`` are paths, ``data`` a text for the template."""
    job = json.load(sys.stdin.buffer)
    try:
        made = typst.compile(
            job["template"],
            root=job["root"],
            font_paths=typst.Fonts(include_system_fonts=False),
            ignore_system_fonts=True,
            sys_inputs={"data": job["data"]},
            pdf_standards=["ua-1"],
        )
    except typst.TypstError as error:
        sys.stderr.buffer.write(error.diagnostic.encode())
        return 1
    sys.stdout.buffer.write(made)
    return 0


if __name__ == "__main__":
    sys.exit(main())
