"""What the audits app stores, by noun."""

from audits.models.answers import Answer, SectionNote
from audits.models.audit import Audit
from audits.models.framework import Framework, FrameworkVersion, Section, Statement
from audits.models.report import Report

__all__ = [
    "Answer",
    "Audit",
    "Framework",
    "FrameworkVersion",
    "Report",
    "Section",
    "SectionNote",
    "Statement",
]
