"""Google Forms: by a script that signs as Standard Webhooks do; responses of the Forms API."""

from collections.abc import Mapping

from connectors.forms.bodies import load_object
from connectors.forms.delivery import Delivery, Event, Refusal, event_id
from connectors.forms.flattening import Json
from connectors.forms.labels import inner, items, label_answers, word


def read(delivery: Delivery) -> tuple[Event, ...] | Refusal:
    """One event a response; a response that was edited is another one."""
    body = load_object(delivery.body)
    if isinstance(body, Refusal):
        return body
    answers = inner(body, "answers") or inner(body, "namedValues")
    if not isinstance(answers, dict):
        return Refusal("webhook.bad_body")
    email: list[tuple[str, Json]] = [("Email", word(body, "respondentEmail"))]
    name = event_id(word(body, "responseId"), delivery.body)
    when = word(body, "submittedAt") or word(body, "createTime") or None
    return (Event(name, label_answers([*email, *answers.items()]), when),)


def read_response(response: dict[str, Json], titles: Mapping[str, str]) -> Event | None:
    """Read a response of the Forms API; `titles` are those of the questions, by their ids."""
    name, first, last = (
        word(response, key) for key in ("responseId", "createTime", "lastSubmittedTime")
    )
    if not name:
        return None
    answers = inner(response, "answers")
    given: list[tuple[str, Json]] = [("Email", word(response, "respondentEmail"))]
    for question, answer in answers.items() if isinstance(answers, dict) else ():
        texts: list[Json] = [
            inner(each, "value") for each in items(answer, "textAnswers", "answers")
        ]
        given.append((titles.get(question, question), texts))
    # An edited response keeps its id.
    edited = f"{name}@{last}" if last and first and last != first else name
    return Event(edited, label_answers(given), last or first or None)


def read_titles(form: dict[str, Json]) -> dict[str, str]:
    """Titles of the questions of a form, by their ids; those of a group after the group's."""
    titles: dict[str, str] = {}
    for item in items(form, "items"):
        title = word(item, "title")
        question = word(item, "questionItem", "question", "questionId")
        if question:
            titles[question] = title
        for row in items(item, "questionGroupItem", "questions"):
            titles[word(row, "questionId")] = f"{title} {word(row, 'rowQuestion', 'title')}".strip()
    return titles
