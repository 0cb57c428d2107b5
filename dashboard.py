"""The entry: language, who is looking, and navigation built from pages/NN_*.py. Run with `make run`."""

import streamlit as st

from data.plan import plan
from data.problem import BrokenConfiguration, Refused
from data.words import pick
from pages.display import show_frame
from queries.catalogue import catalogue

try:
    catalogue()
    show_frame.choose_language()
    st.set_page_config(page_title=pick(plan().short_title.pair()), page_icon=str(show_frame.ICON_FILE), layout="wide")
    page = show_frame.navigation()
    st.session_state["view"] = show_frame.head()
except (BrokenConfiguration, Refused) as error:
    st.error(str(error), icon=":material/error:")
    st.stop()
page.run()
