"""A form in three states, for the gallery."""

from django import forms


class ExampleForm(forms.Form):
    """One of each kind of field."""

    title = forms.CharField(label="Waar gaat uw vraag over?", max_length=120)
    email = forms.EmailField(label="E-mailadres", required=False)
    words = forms.CharField(
        label="Uw vraag",
        max_length=2000,
        widget=forms.Textarea,
        help_text="Schrijf zoals u het zou vertellen. Namen van anderen laten wij weg.",
    )
    place = forms.ChoiceField(
        label="Gemeente", choices=[("", "Kies een gemeente"), ("0307", "Amersfoort"), ("0632", "Woerden")]
    )
    role = forms.ChoiceField(
        label="U bent",
        choices=[("inwoner", "Inwoner of cliënt"), ("professional", "Professional"), ("gemeente", "Gemeente")],
        widget=forms.RadioSelect,
    )
    themes = forms.MultipleChoiceField(
        label="Thema's",
        required=False,
        choices=[("mantelzorg", "Mantelzorg"), ("schulden", "Schulden"), ("wonen", "Wonen")],
        widget=forms.CheckboxSelectMultiple,
    )
    agree = forms.BooleanField(label="Mijn vraag mag, zonder namen, op deze site staan")


fresh = ExampleForm(prefix="leeg")
filled = ExampleForm(prefix="vol", initial={"title": "Hulp als de buurvrouw wegvalt"})
wrong = ExampleForm(prefix="fout", data={"fout-email": "jan@", "fout-title": "Hulp", "fout-words": "Wie helpt?"})
