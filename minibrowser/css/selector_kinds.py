"""What selectors are made of (https://drafts.csswg.org/selectors-4/): combinators, simple selectors, operators."""

from __future__ import annotations

from enum import IntEnum


class Combinator(IntEnum):
    """How a compound relates to the one on its right."""

    NONE = 0
    DESCENDANT = 1
    CHILD = 2
    NEXT_SIBLING = 3
    SUBSEQUENT_SIBLING = 4


class SimpleKind(IntEnum):
    """Simple selectors other than type, id and class."""

    ATTRIBUTE = 0
    IS = 1
    WHERE = 2
    NOT = 3
    HAS = 4
    NTH_CHILD = 5
    NTH_LAST_CHILD = 6
    NTH_OF_TYPE = 7
    NTH_LAST_OF_TYPE = 8
    ONLY_CHILD = 9
    ONLY_OF_TYPE = 10
    ROOT = 11
    SCOPE = 12
    EMPTY = 13
    LANG = 14
    DIR = 15
    LINK = 16
    CHECKED = 17
    DISABLED = 18
    ENABLED = 19
    REQUIRED = 20
    OPTIONAL = 21
    PLACEHOLDER_SHOWN = 22
    READ_ONLY = 23
    READ_WRITE = 24
    DEFAULT = 25
    INDETERMINATE = 26
    VALID = 27
    INVALID = 28
    IN_RANGE = 29
    OUT_OF_RANGE = 30
    TARGET = 31
    DEFINED = 32
    OPEN = 33
    NESTING = 34  # &
    NEVER = 35  # states that nobody can be in here: :fullscreen, :modal, :autofill ...
    HOST = 36
    EXTRA_ID = 37  # a second #id in one compound
    ALWAYS = 38
    TARGET_WITHIN = 39
    HEADING = 40
    ANY_LINK = 41
    VISITED = 42
    HOVER = 43
    ACTIVE = 44
    FOCUS = 45
    FOCUS_VISIBLE = 46
    FOCUS_WITHIN = 47


class AttributeOperator(IntEnum):
    """[name op value]."""

    EXISTS = 0
    EQUALS = 1  # =
    INCLUDES = 2  # ~=
    DASH = 3  # |=
    PREFIX = 4  # ^=
    SUFFIX = 5  # $=
    SUBSTRING = 6  # *=
