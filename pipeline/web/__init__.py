"""The review pages and the API: server-rendered, worked from the keyboard, asking nothing of other machines."""
