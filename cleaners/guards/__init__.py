"""Guards for journalism: each knows one way in which a doubted block shows it is story."""
