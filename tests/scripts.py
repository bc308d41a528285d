"""Incidents in twelve scripts and one more, made up: what a person types in each, and where it is."""

from __future__ import annotations

from typing import Final, NamedTuple


class Written(NamedTuple):
    """An incident as people of a country write it: its script, country, title, place, longitude and latitude."""

    script: str
    country: str
    title: str
    place: str
    lon: float
    lat: float


WRITTEN: Final = (
    Written("Latin", "PE", "Protesta en la plaza", "Ñuñoa Chico", -71.5, -14.6),
    Written("Cyrillic", "UA", "Протест на площі", "Київ", 30.52, 50.45),
    Written("Arabic", "SY", "احتجاج في الساحة", "دمشق", 36.29, 33.51),
    Written("Burmese", "MM", "ဆန္ဒပြပွဲ", "ရန်ကုန်", 96.16, 16.81),
    Written("Devanagari", "NP", "विरोध प्रदर्शन", "काठमाडौं", 85.32, 27.70),
    Written("Bengali", "BD", "বিক্ষোভ মিছিল", "ঢাকা", 90.41, 23.71),
    Written("Ethiopic", "ET", "ሰላማዊ ሰልፍ", "አዲስ አበባ", 38.75, 9.02),
    Written("Georgian", "GE", "საპროტესტო აქცია", "თბილისი", 44.79, 41.69),
    Written("Armenian", "AM", "Բողոքի ցույց", "Երևան", 44.51, 40.18),
    Written("Khmer", "KH", "បាតុកម្ម", "ភ្នំពេញ", 104.92, 11.56),
    Written("Thai", "TH", "การชุมนุมประท้วง", "กรุงเทพมหานคร", 100.50, 13.75),
    Written("Han", "CN", "广场上的抗议", "北京", 116.40, 39.91),
    Written("Hangul", "KR", "광장 시위", "서울", 126.98, 37.57),
)
"""The texts are those of no real incident."""
