"""Reading the content files: YAML, then their shape, with every problem named by file, entry and field."""

from collections.abc import Hashable
from dataclasses import dataclass
from pathlib import Path

import yaml
from pydantic import ValidationError

from .schema import EventFile, IdeasFile, PagesFile, PlacesFile, SynonymsFile, VocabulariesFile

SHAPES = {
    "event.yaml": EventFile,
    "places.yaml": PlacesFile,
    "vocabularies.yaml": VocabulariesFile,
    "ideas.yaml": IdeasFile,
    "pages.yaml": PagesFile,
    "synonyms.yaml": SynonymsFile,
}
OPTIONAL = {"pages.yaml", "synonyms.yaml"}  # without them, what the site has stays as it is
NAMES_OF_ENTRIES = ("number", "id", "slug", "name", "titel")


@dataclass(frozen=True)
class Problem:
    """Something wrong in a content file, named so that it is found at once."""

    file: str
    entry: str
    field: str
    message: str

    def __str__(self):
        return ": ".join(part for part in (self.file, self.entry, self.field, self.message) if part)


class UniqueKeyLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    """Safe YAML, read by libyaml if possible, in which a key may stand only once; plain YAML keeps the last."""

    def construct_mapping(self, node, deep=False):
        seen = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if not isinstance(key, Hashable):
                raise yaml.constructor.ConstructorError(
                    None, None, "a key is a list or a map", key_node.start_mark
                )
            if key in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key {key!r} stands here twice", key_node.start_mark
                )
            seen.add(key)
        return super().construct_mapping(node, deep)


def read_content(folder: Path):
    """Read every content file of ``folder``.

    Returns the checked files by name and the list of problems; a file with problems is left out. Those in
    ``OPTIONAL`` may be missing.
    """
    contents, problems = {}, []
    for name, shape in SHAPES.items():
        try:
            raw = yaml.load((folder / name).read_text(encoding="utf-8"), Loader=UniqueKeyLoader)  # noqa: S506 (safe)
            contents[name] = shape.model_validate(raw)
        except FileNotFoundError:
            if name not in OPTIONAL:
                problems.append(Problem(name, "", "", f"the file is missing in {folder}"))
        except OSError as error:
            problems.append(Problem(name, "", "", f"cannot be read: {error.strerror}"))
        except UnicodeDecodeError as error:
            problems.append(Problem(name, "", "", f"is not UTF-8 (byte {error.start})"))
        except yaml.YAMLError as error:
            problems.append(yaml_problem(name, error))
        except ValidationError as error:
            problems.extend(shape_problem(name, raw, details) for details in error.errors())
    return contents, problems


def yaml_problem(name, error):
    """The problem behind an error of the YAML reader, with its line."""
    mark = getattr(error, "problem_mark", None)
    where = f"line {mark.line + 1}" if mark else ""
    return Problem(name, where, "", f"is no valid YAML: {getattr(error, 'problem', None) or error}")


def shape_problem(name, raw, details):
    """The problem behind one error of the shape check: ``details`` is an item of ``ValidationError.errors()``."""
    entry, field, here = [], [], raw
    for step in details["loc"]:
        try:
            here = here[step]
        except (KeyError, IndexError, TypeError):
            here = None
        if isinstance(step, int) and isinstance(here, dict):
            entry += [
                *field,
                next((str(here[key]) for key in NAMES_OF_ENTRIES if key in here), f"item {step + 1}"),
            ]
            field = []
        else:
            field.append(f"item {step + 1}" if isinstance(step, int) else str(step))
    messages = {
        "extra_forbidden": "unknown key",
        "model_type": "must hold keys with values, and is empty or something else",
    }
    message = messages.get(details["type"], details["msg"])
    return Problem(name, " ".join(entry), ".".join(field), message)
