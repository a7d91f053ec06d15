// The run pool follows.
