//! Small grammars that several formats share. One way per thing: a second use moves it here.
