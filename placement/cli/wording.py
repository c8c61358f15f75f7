"""Decides how the help of a command reads: click's own words in the language spoken, in columns that fit Hangul."""

import sys
import unicodedata
from collections.abc import Iterable

import click

from placement.texts import N_, _, language

# What click calls the types of values, and what we call them.
PLACEHOLDERS = {
    "TEXT": N_("글"),
    "INTEGER": N_("정수"),
    "INTEGER RANGE": N_("정수"),
    "FLOAT RANGE": N_("수"),
    "DAY": N_("날짜"),
    "MOMENT": N_("시각"),
    "CHOICE": N_("값"),
}
PASSWORD, AGAIN = N_("비밀번호"), N_("한 번 더")
BETWEEN = " / "  # parts a help text in both languages
HELP = "이 도움말을 보여 줍니다. / Show this help."


def spoken_half(text: str | None) -> str:
    """The half of "한국어 / English" that is in the spoken language; any other text as it is."""
    korean, _slash, english = (text or "").strip().partition(BETWEEN)
    return korean if language() == "ko" else english or korean


def width_of(text: str) -> int:
    """Columns of a terminal: Hangul takes two."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def folded(text: str, width: int) -> list[str]:
    """The text in lines of at most `width` columns, broken between words only."""
    lines = [""]
    for word in text.split():
        if lines[-1] and width_of(f"{lines[-1]} {word}") > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".lstrip()
    return lines


class Formatter(click.HelpFormatter):
    """Lines and columns by what they take on the screen, and the usage line in the spoken language."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        start = _("사용법:") + f" {prog} "
        first, *rest = folded(args, self.width - width_of(start))
        self.write("".join(f"{line}\n" for line in (start + first, *(" " * width_of(start) + line for line in rest))))

    def write_text(self, text: str) -> None:
        indent = " " * self.current_indent
        self.write("".join(f"{indent}{line}\n" for line in folded(text, self.width - self.current_indent)))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        rows, indent = list(rows), " " * self.current_indent
        left = min(max(width_of(term) for term, _said in rows), col_max) + col_spacing
        for term, said in rows:
            fits = width_of(term) + col_spacing <= left
            start = term + " " * (left - width_of(term)) if fits else f"{term}\n{indent}{' ' * left}"
            first, *rest = folded(said, self.width - left - self.current_indent)
            self.write(
                "".join(f"{indent}{line}".rstrip() + "\n" for line in (start + first, *(" " * left + r for r in rest)))
            )


class SpokenContext(click.Context):
    formatter_class = Formatter


class Spoken(click.Command):
    """A command whose help is in the spoken language."""

    context_class = SpokenContext

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        values = [param.human_readable_name for param in self.get_params(ctx) if isinstance(param, click.Argument)]
        return [_("[선택 항목]"), *values]

    def get_short_help_str(self, limit: int = 45) -> str:
        return spoken_half(self.short_help or self.help)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = HELP
        return option

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(spoken_half(self.help))

    def format_arguments(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        listed = [param for param in self.get_params(ctx) if isinstance(param.type, click.Choice)]
        rows = [(p.human_readable_name, choices_of(p.type)) for p in listed if isinstance(p, click.Argument)]
        if rows:
            with formatter.section(_("차례대로 적는 값")):
                formatter.write_dl(rows)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section(_("선택 항목")):
            formatter.write_dl([_described(p, ctx) for p in self.get_params(ctx) if isinstance(p, click.Option)])


class SpokenGroup(Spoken, click.Group):
    """Commands under one word, listed in the spoken language."""

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        return [*super().collect_usage_pieces(ctx), _("명령 [값]...")]

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super().format_options(ctx, formatter)
        with formatter.section(_("명령")):
            formatter.write_dl([(name, made.get_short_help_str()) for name, made in sorted(self.commands.items())])


class AskedTwice(click.Option):
    """A password: asked for without showing it, and once more, until both are the same."""

    def prompt_for_value(self, ctx: click.Context) -> str:
        is_watched = sys.stdin.isatty()  # a pipe has no screen to hide it from
        while True:
            first, again = (click.prompt(_(words), hide_input=is_watched) for words in (PASSWORD, AGAIN))
            if first == again:
                return str(first)
            click.echo(_("두 번 적은 비밀번호가 서로 다릅니다. 다시 적어 주십시오."), err=True)


def choices_of(kind: click.ParamType) -> str:
    """The words of a closed list, or nothing."""
    return ", ".join(map(str, kind.choices)) if isinstance(kind, click.Choice) else ""


def range_of(kind: click.ParamType) -> str:
    """1부터 1000까지, 1 이상, or nothing."""
    match kind:
        case click.FloatRange(min=float(low), max=float(high)):
            return _("%(least)s부터 %(most)s까지", least=f"{low:g}", most=f"{high:g}")
        case click.IntRange(min=int(least), max=int(most)):
            return _("%(least)s부터 %(most)s까지", least=least, most=most)
        case click.IntRange(min=int(least)):
            return _("%(least)s 이상", least=least)
    return ""


def _described(option: click.Option, ctx: click.Context) -> tuple[str, str]:
    extra = option.get_help_extra(ctx)
    more = [
        _("기본값: %(value)s", value=extra["default"]) if "default" in extra else "",
        range_of(option.type),
        _("쓸 수 있는 값: %(values)s", values=choices_of(option.type)) if choices_of(option.type) else "",
        _("꼭 적습니다") if option.required else "",
    ]
    said = "; ".join(part for part in more if part)
    return ", ".join(option.opts) + _placeholder(
        option, ctx
    ), f"{spoken_half(option.help)}{f'  [{said}]' if said else ''}"


def _placeholder(option: click.Option, ctx: click.Context) -> str:
    if option.is_flag:
        return ""
    shown = "CHOICE" if isinstance(option.type, click.Choice) else option.make_metavar(ctx)
    return f" {_(PLACEHOLDERS[shown])}" if shown in PLACEHOLDERS else f" {shown}"
