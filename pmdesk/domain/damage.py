"""What can be wrong with the files of an office, as far as different help is needed."""

from enum import StrEnum


class Damage(StrEnum):
    """The code of an error that tells of damage."""

    HEADER = "E_HEADER"  # neither key file can be trusted, or none is there
    MISSING = "E_DATA_MISSING"  # the data file is not there, or empty
    DATA = "E_DATA_DAMAGED"  # a page of it was changed, or its end is cut off
    NEWER = "E_NEWER"  # nothing is damaged: a newer pmdesk worked here
