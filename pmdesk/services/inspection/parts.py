"""What makes each part of the pack."""

from collections.abc import Mapping

from pmdesk.domain.inspections import Part
from pmdesk.services.inspection import basics, books, figures
from pmdesk.services.inspection.content import Builder

BUILDERS: Mapping[Part, Builder] = {
    Part.OFFICE: basics.office,
    Part.PURPOSES: basics.purposes,
    Part.NOTICES: basics.notices,
    Part.POLICIES: basics.rules_of_the_house,
    Part.RULES: basics.classification,
    Part.ASSESSMENTS: books.impact_assessments,
    Part.AUDITS: books.self_audit_reports,
    Part.RIGHTS: figures.rights,
    Part.INCIDENTS: books.incident_register,
    Part.OTHERS: books.other_handlers,
    Part.TRAINING: figures.training,
    Part.RETENTION: figures.retention,
    Part.LOG: figures.log,
    Part.BACKUPS: figures.backups,
    Part.SECURITY: figures.security,
}
