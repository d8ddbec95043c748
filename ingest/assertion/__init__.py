"""Attribution → assertion: who speaks, with which stance, how sure, when, about whom, in which words."""
