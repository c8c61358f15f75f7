"""Decides how accounts are typed: a new one, its role, and passwords that are said twice."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import Form, PasswordField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import EqualTo, InputRequired, Length, Optional, ValidationError

from placement.enums import Role
from placement.people import LONGEST_PASSWORD, SHORTEST_PASSWORD, hash_password
from placement.web.forms import N_
from placement.web.forms.fields import NoResidentNumber, code_choices
from placement.web.forms.moves import MoveForm

MISSING = N_("필수 항목입니다.")
TOO_LONG = N_("너무 깁니다.")
LENGTH = N_("비밀번호는 12자 이상 200자 이하로 적어 주십시오.")
COMPANY_MISSING = N_("협약기업 담당자는 소속 기업을 골라 주십시오.")


def new_password_field(words: Any) -> PasswordField:
    """A password of the allowed length."""
    return PasswordField(words, [InputRequired(MISSING), Length(SHORTEST_PASSWORD, LONGEST_PASSWORD, LENGTH)])


class RoleFields(Form):
    """What somebody may do here; a partner belongs to one company, nobody else does."""

    role = SelectField(N_("역할"), [InputRequired(MISSING)], choices=code_choices(Role))
    company_id = SelectField(N_("소속 기업"), choices=[])

    def offer_companies(self, companies: list[tuple[int, str]]) -> None:
        """Which companies a partner may belong to: (id, name)."""
        self.company_id.choices = [SelectChoice("", "-"), *(SelectChoice(str(row), name) for row, name in companies)]

    def validate_company_id(self, field: SelectField) -> None:
        """A partner has a company."""
        if self.role.data == Role.PARTNER and not field.data:
            raise ValidationError(COMPANY_MISSING)

    def to_role(self) -> dict[str, Any]:
        """Role and company as the rules take them."""
        is_partner = self.role.data == Role.PARTNER
        return {"role": self.role.data, "company_id": int(self.company_id.data) if is_partner else None}


class AccountForm(RoleFields, FlaskForm):
    """A log-in with a first password."""

    name = StringField(N_("이름"), [InputRequired(MISSING), Length(max=100, message=TOO_LONG), NoResidentNumber()])
    email = StringField(N_("이메일"), [InputRequired(MISSING), Length(max=254, message=TOO_LONG)])
    phone = StringField(N_("전화번호"), [Optional(), Length(max=30, message=TOO_LONG), NoResidentNumber()])
    password = new_password_field(N_("초기 비밀번호"))

    def to_values(self) -> dict[str, Any]:
        """What create_account takes, but for the password."""
        typed = {"name": self.name.data, "email": self.email.data, "phone": self.phone.data or None}
        return {**typed, **self.to_role()}


class UndatedForm(MoveForm):
    """A move of an account happens now, whatever somebody types."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**{**given, "is_office": False})


class RoleForm(RoleFields, UndatedForm):
    """역할·소속 변경."""

    def to_given(self) -> dict[str, Any]:
        return self.to_role()


class NewPasswordForm(UndatedForm):
    """A new first password, told to its person directly."""

    password = new_password_field(N_("초기 비밀번호"))

    def to_given(self) -> dict[str, Any]:
        """The hash; takes long, so ask before the transaction."""
        return {"password_hash": hash_password(self.password.data)}


class OwnPasswordForm(FlaskForm):
    """The person's own new password, behind the present one."""

    present = PasswordField(
        N_("지금 비밀번호"), [InputRequired(MISSING), Length(max=LONGEST_PASSWORD, message=TOO_LONG)]
    )
    password = new_password_field(N_("새 비밀번호"))
    again = PasswordField(
        N_("새 비밀번호 확인"), [InputRequired(MISSING), EqualTo("password", N_("새 비밀번호와 같지 않습니다."))]
    )


ACCOUNT_FORMS: dict[str, type[MoveForm]] = {
    "deactivate": UndatedForm,
    "activate": UndatedForm,
    "change_role": RoleForm,
    "new_password": NewPasswordForm,
}
