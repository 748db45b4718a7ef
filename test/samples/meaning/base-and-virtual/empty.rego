package pk.sub.emptypkg
