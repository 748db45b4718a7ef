/**
 * Root file systems: layers stacked on one another, on Linux from mounted devices, on Windows as merged images. What is
 * remembered of a container begins here: all declared containers with these layers.
 */
import { type RegoValue, num } from '../../../src/value/value.js'
import { type PointRule, REFUSED, allowed, texts } from '../answer.js'
import { candidateContainers } from '../candidates.js'
import type { Question } from '../question.js'
import { type Maybe, at, isSame, isTrue, membersOf, some } from '../rego.js'
import { operation } from '../state.js'

/** Declared layers begin at the base, requested ones at the top. */
function layersFit(layers: Maybe, asked: Maybe, hashOf: (one: Maybe) => Maybe): boolean {
  const [places, askedPlaces] = [membersOf(layers), membersOf(asked)]
  if (places === undefined || places.length !== askedPlaces?.length) return false
  const last = places.length - 1
  return places.every((_, place) => isSame(at(layers, num(last - place)), hashOf(at(asked, num(place)))))
}

function containersOfOverlay(question: Question): readonly RegoValue[] {
  const { state, input } = question
  return (candidateContainers(question) ?? []).filter((one) =>
    layersFit(at(one, 'layers'), at(input, 'layerPaths'), (path) => at(state, 'devices', path)),
  )
}

export const mountOverlay: PointRule = {
  decide: (question) => {
    const { state, input } = question
    const [id, target] = [at(input, 'containerID'), at(input, 'target')]
    if (id === undefined || target === undefined) return REFUSED
    if (at(state, 'matches', id) !== undefined || isTrue(at(state, 'overlayTargets', target))) return REFUSED
    const containers = containersOfOverlay(question)
    if (containers.length === 0) return REFUSED
    return allowed({}, [operation('add', 'matches', id, containers), operation('add', 'overlayTargets', target, true)])
  },
  explain: (question) =>
    texts({
      'overlay has already been mounted': at(question.state, 'matches', at(question.input, 'containerID')) !== undefined,
      'no matching containers for overlay': containersOfOverlay(question).length === 0,
    }),
}

export const unmountOverlay: PointRule = {
  decide: ({ state, input }) => {
    const target = at(input, 'unmountTarget')
    if (target === undefined || !isTrue(at(state, 'overlayTargets', target))) return REFUSED
    return allowed({}, [operation('remove', 'overlayTargets', target)])
  },
  explain: ({ state, input }) => {
    const target = at(input, 'unmountTarget')
    return texts({ 'no overlay at path to unmount': target !== undefined && !isTrue(at(state, 'overlayTargets', target)) })
  },
}

export const mountCims: PointRule = {
  decide: (question) => {
    const { state, input } = question
    const id = at(input, 'containerID')
    if (id === undefined || at(state, 'matches', id) !== undefined) return REFUSED
    const containers = (candidateContainers(question) ?? []).filter(
      (one) =>
        layersFit(at(one, 'layers'), at(input, 'layerHashes'), (hash) => hash) &&
        isSame(at(one, 'mounted_cim'), at(input, 'mountedCim')),
    )
    return containers.length === 0 ? REFUSED : allowed({}, [operation('add', 'matches', id, containers)])
  },
  explain: () => [],
}

/** The values of the changes do not matter, only that the container declares some. */
export const registryChanges: PointRule = {
  decide: ({ state, input }) => {
    const containers = at(state, 'matches', at(input, 'containerID'))
    if (at(input, 'registryChanges', 'AddValues') === undefined) return REFUSED
    return declaresChanges(containers) ? allowed() : REFUSED
  },
  explain: () => [],
}

function declaresChanges(containers: Maybe): boolean {
  return some(
    containers,
    (one) => isTrue(at(one, 'registry_changes')) && at(one, 'registry_changes', 'add_values') !== undefined,
  )
}
