from django.apps import AppConfig


class NewsConfig(AppConfig):
    """Pages that people write: about us, news, plain pages; and the pictures and documents in them."""

    name = "werkplaats.news"
    label = "news"
    strand = "inhoud"

    def ready(self) -> None:
        from werkplaats.news import entries, forms
        from werkplaats.news.models import PAGES

        entries.register()
        for model in PAGES:
            # A model may not know its forms; the desk asks it for this one.
            model.base_form_class = forms.PageForm
