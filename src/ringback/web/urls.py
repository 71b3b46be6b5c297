from django.urls import URLPattern, URLResolver, include, path

# Names that the frame links to: today, prospects, inbox, cadences, scripts, settings.
# Others: prospect (pk), call (pk), imports, setup.
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("ringback.web.today.urls")),
    path("", include("ringback.web.calls.urls")),
    path("prospects/", include("ringback.web.prospects.urls")),
    path("imports/", include("ringback.web.imports.urls")),
    path("mail/", include("ringback.web.inbox.urls")),
    path("mail/outbox/", include("ringback.web.outbox.urls")),
    path("mail/review/", include("ringback.web.reviewing.urls")),
    path("mail/texts/", include("ringback.web.texts.urls")),
    path("mail/articles/", include("ringback.web.articles.urls")),
    path("answer/", include("ringback.web.answering.urls")),
    path("cadences/", include("ringback.web.cadences.urls")),
    path("scripts/", include("ringback.web.scripts.urls")),
    path("settings/mailboxes/", include("ringback.web.mailboxes.urls")),
    path("settings/blocked/", include("ringback.web.blocks.urls")),
    path("settings/", include("ringback.web.settings.urls")),
    path("rules/", include("ringback.web.rules.urls")),
    path("setup/", include("ringback.web.setup.urls")),
]
