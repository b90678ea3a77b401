#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Signing in from outside: what a guesser learns, whom they can slow down, and who goes on working."""
import statistics
import threading
import time

from guichet_server import PASSWORD, Client, Server, wait_for
from tap import equal, run

PROXY = "[server]\nproxy-header=X-Forwarded-For\n"
ROUNDS = 9


def guess(client, login, password, source="192.0.2.66"):
    return client.call("POST", "/v1/sessions", {"login": login, "password": password},
                       {"X-Forwarded-For": f"203.0.113.9, {source}"})


def test_alike():
    """An unknown login, a barred one and a wrong password get the same answer in the same time"""
    with Server(extra=PROXY, passwords="memory-mib=32\npasses=2") as server:
        server.add_staff(["marie.dubois", "luc.lefebvre"])
        server.control("staff", "change", "luc.lefebvre", "--bar")
        server.start()
        client = Client(server)
        attempts = {"marie.dubois": "wrong password", "luc.lefebvre": PASSWORD, "nobody.here": PASSWORD}
        times = {login: [] for login in attempts}
        answers = {}
        for number in range(ROUNDS):
            for login, password in attempts.items():
                begun = time.perf_counter()
                answer = guess(client, login, password, f"192.0.2.{number}")
                times[login].append(time.perf_counter() - begun)
                problem = answer.must(401).json
                problem.pop("instance")
                names = sorted(name for name in answer.headers if name not in ("Date", "BelGov-Trace-Id"))
                answers[login] = (problem, names)
        equal(answers["nobody.here"], answers["marie.dubois"])
        equal(answers["luc.lefebvre"], answers["marie.dubois"])
        usual = statistics.median(times["marie.dubois"])
        for login, taken in times.items():
            ratio = statistics.median(taken) / usual
            print(f"# {login}: {ratio:.2f} of the time of a wrong password")
            # Without the work for it, an unknown login would take a hundredth.
            if not 0.5 < ratio < 2:
                raise AssertionError(f"{login} takes {ratio:.2f} of the time")


def test_proxy():
    """A server that is not told of its proxy says so, once"""
    with Server() as server:
        server.add_staff(["marie.dubois"])
        server.start()
        for _ in range(2):
            guess(Client(server), "marie.dubois", PASSWORD).must(201)
        equal(server.log().count("“proxy-header” is not set"), 1, "warnings")


def test_guessing():
    """Guessing gets slow for who guesses, and the colleague whose login it is signs in as ever"""
    with Server(extra=PROXY) as server:
        server.add_staff(["marie.dubois"])
        server.start()
        guesser, marie = Client(server), Client(server)
        guess(marie, "marie.dubois", PASSWORD, "192.0.2.10").must(201)
        statuses = []
        # Beyond all that is free for one place and for one login.
        for number in range(140):
            statuses.append(guess(guesser, "marie.dubois", f"guess {number}", f"192.0.2.{20 + number}").status)
        equal(set(statuses[:99]), {401})
        equal(statuses[-1], 429)
        answer = guess(guesser, "marie.dubois", "guess", "192.0.2.20").must(429)
        if not 1 <= int(answer.headers["Retry-After"]) <= 60:
            raise AssertionError(answer.headers["Retry-After"])
        guess(marie, "marie.dubois", PASSWORD, "192.0.2.10").must(201)
        # What a client puts before the proxy's own word counts for nothing.
        answer = guesser.call("POST", "/v1/sessions", {"login": "marie.dubois", "password": PASSWORD},
                              {"X-Forwarded-For": "192.0.2.10, 192.0.2.20"})
        equal(answer.status, 429)


def test_others_go_on():
    """While passwords are verified, everybody else is answered"""
    with Server(passwords="memory-mib=128\npasses=3") as server:
        server.add_staff(["marie.dubois", "luc.lefebvre"])
        server.start()
        marie = Client(server, "marie.dubois")
        threads = [threading.Thread(target=Client, args=(server, "luc.lefebvre")) for _ in range(3)]
        for thread in threads:
            thread.start()
        answered = 0
        while any(thread.is_alive() for thread in threads):
            marie.get("/v1/me").must(200)
            answered += 1
        for thread in threads:
            thread.join()
        print(f"# {answered} answers meanwhile")
        if answered < 10:
            raise AssertionError(f"only {answered} answers while three signed in")


def test_revoked():
    """A new password, and being barred, end every session at once, with its feed; a sign-out lasts"""
    with Server() as server:
        server.add_staff(["marie.dubois", "luc.lefebvre"])
        server.start()
        marie, luc = Client(server, "marie.dubois"), Client(server, "luc.lefebvre")
        stream = Client(server)
        stream.token = marie.token
        ended = threading.Event()
        thread = threading.Thread(target=read_to_the_end, args=(server, marie.token, ended))
        thread.start()
        server.control("staff", "change", "marie.dubois", "--password-file", "-", text="Un nouveau, plus long\n")
        marie.get("/v1/me").must(401)
        wait_for(ended.is_set, "the feed to end")
        thread.join()
        guess(Client(server), "marie.dubois", PASSWORD).must(401)
        guess(Client(server), "marie.dubois", "Un nouveau, plus long").must(201)
        server.control("staff", "change", "luc.lefebvre", "--bar")
        luc.get("/v1/me").must(401)
        guess(Client(server), "luc.lefebvre", PASSWORD).must(401)
        server.control("staff", "change", "luc.lefebvre", "--unbar")
        luc.get("/v1/me").must(401)
        luc, other = Client(server, "luc.lefebvre"), Client(server, "luc.lefebvre")
        luc.call("DELETE", "/v1/sessions/current").must(204)
        server.kill()
        server.start()
        luc.get("/v1/me").must(401)
        other.get("/v1/me").must(200)


def read_to_the_end(server, token, ended):
    client = Client(server)
    client.token = token
    client.document = None  # a stream has no end to hold against anything before it ends
    client.get("/v1/feed").must(200)
    ended.set()


if __name__ == "__main__":
    run([test_alike, test_proxy, test_guessing, test_others_go_on, test_revoked])
