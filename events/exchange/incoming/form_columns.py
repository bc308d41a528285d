"""The columns that survey programs add to the export of a form: KoboToolbox, ODK, Ona and SurveyCTO.

They are about the form: when it was begun and sent, on which device, by whom. None of them says when or where an
incident was. https://support.kobotoolbox.org/export_download.html, https://docs.getodk.org/central-submissions/,
https://docs.surveycto.com/05-exporting-and-publishing-data/02-exporting-data-with-surveycto-desktop/
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

IDS: Final = ("_uuid", "instanceID", "KEY")
"""The last parts of the columns that hold the id of a form that was sent, the first that is there."""

MOMENTS: Final = frozenset(
    {
        "start", "end", "today", "starttime", "endtime", "start_time", "end_time", "_submission_time", "SubmissionDate",
        "CompletionDate", "_date_modified", "_edited",
    }
)  # fmt: skip
"""When the form was filled in and sent; stored unchanged."""

OF_PEOPLE: Final = frozenset(
    {
        "deviceid", "device_id", "DeviceID", "devicephonenum", "phonenumber", "phone_number", "simserial", "sim_serial",
        "simid", "sim_id", "subscriberid", "subscriber_id", "username", "user_name", "email", "_submitted_by",
        "SubmitterID", "SubmitterName", "audit", "audit_URL", "background-audio", "bg_audio",
    }
)  # fmt: skip
"""Who filled it in, and with what: left out, so that it does not lead to a monitor."""

OF_PROGRAMS: Final = frozenset(
    {
        "_id", "_uuid", "_index", "_parent_index", "_parent_table_name", "__version__", "_version_", "_version",
        "_status", "_validation_status", "_notes", "_tags", "_attachments", "_geolocation", "_duration",
        "_xform_id_string", "_bamboo_dataset_id", "_media_all_received", "_media_count", "_total_media",
        "_review_comment", "_review_status", "instanceID", "instanceName", "deprecatedID", "rootUuid", "uuid",
        "rowuuid", "KEY", "PARENT_KEY", "formdef_version", "review_quality", "review_status", "review_comments",
        "review_corrections",
    }
)  # fmt: skip
"""What the programs note besides; left out."""

OF_CENTRAL: Final = frozenset(
    {"AttachmentsPresent", "AttachmentsExpected", "Status", "ReviewState", "Edits", "FormVersion"}
)
"""The same of ODK Central, in words that could be questions of a form elsewhere."""

_SEPARATORS: Final = re.compile(r"[/:]|(?<=\w)\.(?=\w)")
_DASHED: Final = re.compile(r"[/:-]|(?<=\w)\.(?=\w)")
_SUBMISSION: Final = "_submission_"


def is_form_export(columns: Collection[str]) -> bool:
    """Return whether the columns of a table are those of an export of a form."""
    last = {last_part(column) for column in columns}
    if "_uuid" in last and last & {"_submission_time", "_index", "__version__", "_submitted_by", "_xform_id_string"}:
        return True
    if "KEY" in last and last & {"SubmissionDate", "PARENT_KEY"}:
        return True
    return "instanceID" in last or "formhub/uuid" in columns


def last_part(column: str, *, dashed: bool = False) -> str:
    """Return the name of a question without the groups before it: `hecho/fecha` and `hecho.fecha` are `fecha`.

    Args:
        column: The name of the column.
        dashed: Whether hyphens part groups, as in exports of ODK Central and SurveyCTO.
    """
    if any(sign.isspace() for sign in column):  # a label, where these signs are of the text
        return column
    if column.endswith(("-instanceID", "-instanceName")):  # of ODK, with the group `meta`
        return column.rpartition("-")[2]
    parts = [part for part in (_DASHED if dashed else _SEPARATORS).split(column.strip()) if part.strip()]
    return parts[-1].strip() if parts else column


def is_dashed(columns: Collection[str]) -> bool:
    """Return whether the names of columns have groups that are separated by hyphens."""
    return "KEY" in columns or any(column.endswith("-instanceID") for column in columns)


def id_column(columns: Sequence[str]) -> str | None:
    """Return the column with the id of the form that was sent; None where there is none."""
    return next((column for name in IDS for column in columns if last_part(column) == name), None)


def is_of_program(column: str, columns: Collection[str]) -> bool:
    """Return whether a column is one that a program notes, and of no use in the record of an incident."""
    name = last_part(column)
    if name in OF_PROGRAMS or column == "formhub/uuid":
        return True
    if column.startswith(_SUBMISSION) and name not in MOMENTS:
        return True
    return "KEY" in columns and name in OF_CENTRAL
