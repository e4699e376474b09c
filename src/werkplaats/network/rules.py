"""States of the network and what they mean."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    """Where a werkplaats stands."""

    CANDIDATE = "kandidaat", _("in opbouw")
    GUEST = "meeloopjaar", _("meeloopjaar")
    MEMBER = "lid", _("lid van het netwerk")
    ENDED = "beeindigd", _("beëindigd")


# Only these receive questions; a candidate has nobody who has to answer yet.
RECEIVING = frozenset({Status.GUEST, Status.MEMBER})


class OrganisationKind(models.TextChoices):
    """Kinds of organisations in the network."""

    HOGESCHOOL = "hogeschool", _("hogeschool")
    UNIVERSITY = "universiteit", _("universiteit")
    MBO = "mbo", _("mbo")
    MUNICIPALITY = "gemeente", _("gemeente")
    CARE = "zorg of welzijn", _("zorg of welzijn")
    COUNCIL = "adviesraad sociaal domein", _("adviesraad sociaal domein")
    CLIENTS = "cliëntenorganisatie", _("cliëntenorganisatie")
    PROFESSION = "beroepsorganisatie", _("beroepsorganisatie")
    BRANCH = "brancheorganisatie", _("brancheorganisatie")
    PROVINCIAL = "provinciale steunfunctie", _("provinciale steunfunctie")
    INSTITUTE = "kennisinstituut", _("kennisinstituut")
    STATE = "rijk", _("rijk")
    OTHER = "overig", _("overig")


class LeadRole(models.TextChoices):
    """What a leading organisation does."""

    HOLDER = "penvoerder", _("penvoerder")
    LEAD = "trekker", _("trekker")
    CO_LEAD = "medetrekker", _("medetrekker")


class Stage(models.TextChoices):
    """How far an organisation is in joining."""

    APPROACHED = "benaderd", _("benaderd")
    TALKING = "in gesprek", _("in gesprek")
    PROMISED = "toegezegd", _("toegezegd")
    SIGNED = "getekend", _("getekend")
    ACTIVE = "actief", _("actief")
    NOT_NOW = "niet nu", _("niet nu")
    ENDED = "beëindigd", _("beëindigd")


# Seen by the public: an organisation that was only approached has promised nothing.
PUBLIC_STAGES = frozenset({Stage.SIGNED, Stage.ACTIVE})
COMING_IN = frozenset({Stage.APPROACHED, Stage.TALKING, Stage.PROMISED})


# How long a merge of two organisations can be taken back.
UNDO_DAYS = 30


# How long a mailed request to look at one's details works, and how soon nobody is asked again.
CHECK_DAYS = 30
# What was not confirmed for so long is asked about again.
CONFIRMED_DAYS = 365


class PartnerRole(models.TextChoices):
    """How close a partner stands."""

    CORE = "kernpartner", _("kernpartner")
    PARTNER = "partner", _("partner")
    INTERESTED = "belangstellend", _("belangstellend")


class Layer(models.TextChoices):
    """Three ways in which a municipality can be covered; each has blank spots of its own."""

    AREA = "werkgebied", _("in een werkgebied")
    PARTNER = "partner", _("heeft een partner")
    CO_LEAD = "medetrekker", _("gemeente is medetrekker")
