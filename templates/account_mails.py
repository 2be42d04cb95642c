"""Letters by e-mail to members of staff: what was done with their account, by whom, and what to do about it."""

from domain.access.accounts import Account
from domain.access.keeping_accounts import PASSWORD_LINK, AccountAct, AccountChange
from domain.types.territory import Administration
from templates.mails import Letter, LetterContent, set_letter
from templates.page import environment, speech
from templates.texts import text
from templates.words import Words

OWN = {
    AccountAct.PASSWORD_CHOSEN,
    AccountAct.PASSWORD_CHANGED,
    AccountAct.PASSKEY_ADDED,
    AccountAct.PASSKEY_REMOVED,
}
"""Done by the person: nobody else is named."""


def write_account_mail(
    change: AccountChange, administration: Administration, *, by: Account | None, link: str | None, home: str
) -> Letter:
    """The letter in the language of the account. `by`: None is whoever runs the installation; `link`: with which the
    person chooses a password; `home`: where they sign in."""
    account = change.afterwards
    words = Words(account.locale, administration.time_zone(account.offices[0] if account.offices else None))
    letter = LetterContent(text(f"mails.account.{change.act}.subject", words.language))
    roles = change.act in (AccountAct.CREATED, AccountAct.CHANGED, AccountAct.REACTIVATED)
    offices = [office.called(words.language) for office in administration.offices if office.id in account.offices]
    bodies = [body.names.in_language(words.language) for body in administration.bodies if body.id == account.body]
    named = [text(f"vocabulary.staff_role.{role}", words.language) for role in account.roles]
    environment().get_template("mails/account.jinja").render(
        letter=letter,
        name=account.name,
        what=text(f"mails.account.{change.act}.what", words.language),
        account=account.email,
        when=words.appointment(change.at),
        who=None if change.act in OWN else by.name if by else text("mails.account.by_command", words.language),
        roles=words.listed(named) if roles else None,
        where=words.listed([*bodies, *offices]) if roles else None,
        certificate=account.certificate if roles else None,
        link=link,
        until=words.appointment(change.at + PASSWORD_LINK),
        handed_over=change.act is AccountAct.CREATED and link is None,
        home=f"{home}/staff" if change.act in OWN | {AccountAct.CHANGED, AccountAct.REACTIVATED} else None,
        **speech(words),
    )
    return set_letter(letter, administration, words)
