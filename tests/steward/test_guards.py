"""Every route says who may use it, and lets nobody else in; made from the routes themselves."""

import itertools

import httpx
import pytest
from fastapi.routing import APIRoute

from steward.access.guard import Needs, Open
from steward.access.roles import ROLES, may
from steward.access.tokens import form_token
from steward.app import create_app
from steward.desk import Desk

READING = {"GET", "HEAD"}


def guards(route):
    """The guards among what a route depends on, at any depth."""
    waiting, found = list(route.dependant.dependencies), []
    while waiting:
        each = waiting.pop()
        waiting += each.dependencies
        if isinstance(each.call, Needs | Open):
            found.append(each.call)
    return found


def all_routes(app):
    """Every route of the desk, those of included routers among them."""
    routers = [route.original_router for route in app.routes if hasattr(route, "original_router")]
    routes = itertools.chain(app.routes, *(router.routes for router in routers))
    return [route for route in routes if isinstance(route, APIRoute)]


@pytest.fixture
def routes(served):
    return all_routes(create_app(Desk(served.store, served.url, served.uploads)))


def address(route):
    """The route's address with an id that exists nowhere in the place of each parameter."""
    path = route.path
    for name in route.param_convertors:
        path = path.replace("{" + name + "}", "c999999")
    return path


def test_every_route_declares_exactly_one_guard(routes):
    assert len(routes) > 3
    assert {route.path: len(guards(route)) for route in routes if len(guards(route)) != 1} == {}


def test_only_signing_in_is_open_to_everybody(routes):
    opened = {route.path for route in routes if isinstance(guards(route)[0], Open)}
    assert opened == {"/sign-in", "/sign-in/there", "/sign-in/back", "/healthz", "/readyz"}


def test_nobody_who_is_not_signed_in_gets_past_a_guard(served, routes):
    with httpx.Client(base_url=served.url, headers={"origin": served.url}) as client:
        for route, method in guarded(routes):
            answer = client.request(method, address(route))
            assert answer.status_code in {303, 401}, route.path
            assert answer.headers.get("location", "/sign-in").startswith("/sign-in")


@pytest.mark.parametrize("name", ["vera", "stella", "ada"])
def test_a_route_answers_the_roles_that_include_its_own(sign_in, routes, name):
    client = sign_in(name)
    role = {"vera": "viewer", "stella": "steward", "ada": "admin"}[name]
    token = {"x-form-token": form_token(client.cookies["leadgate"])}
    for route, method in guarded(routes):
        if route.path == "/sign-out":
            continue  # it would end the session of this test
        allowed = may(role, guards(route)[0].role)
        status = client.request(method, address(route), headers=token).status_code
        assert (status != 403) == allowed, (route.path, status)
        assert status < 500, route.path


def test_a_change_needs_a_form_of_this_session_and_of_this_site(sign_in, routes):
    client = sign_in("ada")
    right = form_token(client.cookies["leadgate"])
    wrong = [
        {},
        {"x-form-token": "0" * 64},
        {"x-form-token": form_token("another session")},
        {"x-form-token": right, "origin": "https://elsewhere.example"},
        {"x-form-token": right, "sec-fetch-site": "cross-site"},
    ]
    changing = [each for each in guarded(routes) if each[1] not in READING]
    assert changing
    for (route, method), headers in itertools.product(changing, wrong):
        answer = client.request(method, address(route), headers=headers)
        assert answer.status_code == 403, (route.path, headers)


def test_a_change_cannot_be_asked_for_by_following_a_link(sign_in, routes):
    client = sign_in("ada")
    reading = {route.path for route in routes if route.methods & READING}
    for route in routes:
        if not route.methods & READING and route.path not in reading:
            status = client.get(address(route)).status_code
            # Another route may read what has the same shape: it finds nothing of that name.
            assert status in {303, 404, 405}, route.path


@pytest.mark.parametrize(("role", "needed"), list(itertools.product(ROLES, ROLES)))
def test_a_role_may_what_the_roles_before_it_may(role, needed):
    assert may(role, needed) == (ROLES.index(role) >= ROLES.index(needed))


def test_an_unknown_role_may_nothing():
    assert not any(may("owner", needed) for needed in ROLES)


def guarded(routes):
    return [
        (route, method)
        for route in routes
        if isinstance(guards(route)[0], Needs)
        for method in sorted(route.methods)
    ]


def test_a_browser_gets_the_sign_of_the_desk_without_signing_in(served):
    told = httpx.get(f"{served.url}/favicon.ico")
    assert (told.status_code, told.headers["content-type"]) == (200, "image/svg+xml")
