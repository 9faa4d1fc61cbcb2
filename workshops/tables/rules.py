"""What the rules of a model say of records that are not saved, without a query for each of them."""

from django.core.exceptions import ValidationError
from django.db.models import CheckConstraint


class Rules:
    """The rules of fields and constraints, asked of many records. The database answers once for equal values."""

    def __init__(self):
        self.answers = {}

    def messages(self, record, leave_out=()):
        """What is wrong with ``record``, messages by name of the field.

        Other records it refers to are taken as known, and whether a value is the only one is not asked: who
        reads a table has read both for all of its rows.
        """
        known = {
            field.name
            for field in record._meta.concrete_fields
            if field.is_relation and getattr(record, field.attname) is not None
        }
        found = {}
        try:
            record.clean_fields(exclude={*leave_out, *known})
        except ValidationError as error:
            found = {name: in_words(record, name, errors) for name, errors in error.error_dict.items()}
        wrong = {*leave_out, *found}
        for constraint in record._meta.constraints:
            if isinstance(constraint, CheckConstraint):
                asked = in_order(record, constraint.condition.referenced_base_fields)
                if wrong.isdisjoint(asked) and not self.holds(constraint, record, asked):
                    found.setdefault(asked[0], []).append(str(constraint.get_violation_error_message()))
        return found

    def holds(self, constraint, record, asked):
        """Whether a constraint allows the values of the fields it asks for."""
        values = tuple(getattr(record, record._meta.get_field(name).attname) for name in asked)
        if (constraint.name, values) not in self.answers:
            try:
                constraint.validate(type(record), record)
            except ValidationError:
                self.answers[constraint.name, values] = False
            else:
                self.answers[constraint.name, values] = True
        return self.answers[constraint.name, values]


def in_words(record, name, errors):
    """The messages of the errors of a field. In a table there is no difference between null and empty."""
    empty = [str(record._meta.get_field(name).error_messages["blank"])]
    return [message for error in errors for message in (empty if error.code == "null" else error.messages)]


def in_order(record, names):
    """Names of fields in the order of the model."""
    return [field.name for field in record._meta.concrete_fields if field.name in names]
