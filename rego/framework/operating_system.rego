# Which guest we decide for. The enforcer records it as the first piece of state.
package framework

# METADATA
# description: the guest runs Linux
# scope: document
default is_linux := false

is_linux if data.metadata.operatingsystem[_] == "linux"

# METADATA
# description: the guest runs Windows
# scope: document
default is_windows := false

is_windows if data.metadata.operatingsystem[_] == "windows"
