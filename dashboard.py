"""The entry: language, who is looking, and navigation built from pages/NN_*.py. Run with `make run`."""

import sys

import streamlit as st
from starlette.formparsers import MultiPartParser

from data.problem import BrokenConfiguration, Refused
from pages.display import show_frame, show_meeting, show_taken
from queries.catalogue import catalogue

# The thread that talks to the browser waits this long for a page's script to let it in. Python's own 5 ms is half a run.
sys.setswitchinterval(0.0005)

# The web server would put an uploaded file of more than a megabyte on the disk, where names and pupils' codes must not be.
MultiPartParser.spool_max_size = 2**40

try:
    catalogue()
    show_frame.choose_language()
    page = show_frame.navigation()
    if show_meeting.asked():
        show_meeting.present()
        st.stop()
    view = st.session_state["view"] = show_frame.head(page.url_path)
except (BrokenConfiguration, Refused) as error:
    st.error(str(error), icon=":material/error:")
    st.stop()
try:
    page.run()
except Refused as error:
    st.error(str(error), icon=":material/error:")
    st.stop()
show_taken.offered(show_frame.shown_link(page.url_path), view)
