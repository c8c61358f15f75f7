"""Decides what is typed when a course ends: for a whole cohort who did not complete it, for one person why."""

from collections.abc import Sequence
from datetime import date

from flask_wtf import FlaskForm
from wtforms import SelectMultipleField
from wtforms.validators import InputRequired, Optional, ValidationError

from placement.enums import LeaveReason
from placement.models import Graduate
from placement.web.forms import N_
from placement.web.forms.fields import DayField
from placement.web.forms.moves import FUTURE, MISSING, MoveForm, reason_field


class CompletionForm(FlaskForm):
    """The day on which a cohort completed its course, and who of it did not."""

    on = DayField(N_("수료일"), [InputRequired(MISSING)])
    dropped = SelectMultipleField(N_("중도탈락"), [Optional()], coerce=int, choices=[])
    employed = SelectMultipleField(N_("조기취업"), [Optional()], coerce=int, choices=[])

    def offer(self, people: Sequence[Graduate], today: date) -> None:
        """Whom the ticks may name, and what day is today."""
        self.today = today
        choices = [(person.id or 0, person.name or person.key) for person in people]
        self.dropped.choices = self.employed.choices = choices

    def validate_on(self, field: DayField) -> None:
        """Nobody has completed a course tomorrow."""
        if field.data and field.data > self.today:
            raise ValidationError(FUTURE)

    def validate_employed(self, field: SelectMultipleField) -> None:
        """Who left for a job is no drop-out."""
        if set(field.data or ()) & set(self.dropped.data or ()):
            raise ValidationError(N_("한 사람은 중도탈락과 조기취업 가운데 하나만 골라 주십시오."))

    @property
    def left(self) -> dict[int, str]:
        """Who did not complete, and why."""
        gone = dict.fromkeys(self.dropped.data or (), str(LeaveReason.DROPPED_OUT))
        return gone | dict.fromkeys(self.employed.data or (), str(LeaveReason.EMPLOYED))


class LeaveForm(MoveForm):
    """Why somebody pauses or leaves."""

    reason = reason_field(LeaveReason)


GRADUATE_FORMS: dict[str, type[MoveForm]] = {"leave": LeaveForm, "pause": LeaveForm}
