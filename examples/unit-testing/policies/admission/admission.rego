# METADATA
# title: Which container groups may be deployed
# scope: package
package admission

# METADATA
# description: whether nothing speaks against the group
# entrypoint: true
default allow := false

allow if count(violations) == 0

# METADATA
# description: what speaks against it, for people
# entrypoint: true
violations contains message if {
	some container in input.containers
	not is_trusted(container.image)
	message := sprintf("%s: the image %s is of no trusted registry", [container.name, container.image])
}

violations contains message if {
	some container in input.containers
	container.securityContext.privileged
	message := sprintf("%s: the container is privileged", [container.name])
}

violations contains message if {
	some container in input.containers
	used := gibibytes(container)
	used > data.limits.gibibytes
	message := sprintf("%s: %v GiB are more than %v", [container.name, used, data.limits.gibibytes])
}

violations contains "the group has no confidential computing policy" if not has_policy

is_trusted(image) if {
	some registry in data.registries
	startswith(image, $"{registry}/")
}

# What a container does not ask for, it does not get.
gibibytes(container) := object.get(container, ["resources", "requests", "memoryInGB"], 0)

has_policy if input.confidentialComputeProperties.ccePolicy != ""
