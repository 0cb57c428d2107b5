"""How answers are shown: numbers as text, sentences, figures, tables. Only `show*.py` knows Streamlit."""
