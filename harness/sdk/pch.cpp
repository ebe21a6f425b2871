// Gives the shared precompiled header of the cases a target to belong to.
