"""The forms of the verbs: what is asked, what is kept while it is typed, and what is recorded at the end."""
