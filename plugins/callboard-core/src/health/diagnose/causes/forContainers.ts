import type { Occurrence } from '../cause';
import type { ContainerFacts, Instance, Situation } from '../situation';

type ContainerOccurrence = Omit<
  Occurrence,
  'workload' | 'instance' | 'container'
>;

/** Asks a question of every container of every instance that is not terminating. */
export function forContainers(
  situation: Situation,
  ask: (
    container: ContainerFacts,
    instance: Instance,
  ) => ContainerOccurrence | undefined,
): Occurrence[] {
  return situation.instances
    .filter(instance => !instance.isLeaving)
    .flatMap(instance =>
      instance.containers.flatMap(container => {
        const seen = ask(container, instance);
        return seen ? [{ ...seen, ...placeOf(instance, container) }] : [];
      }),
    );
}

/** Place of an occurrence. The container is named only where the instance has several. */
function placeOf(
  instance: Instance,
  container: ContainerFacts,
): Pick<Occurrence, 'workload' | 'instance' | 'container'> {
  return {
    workload: instance.workload,
    instance: instance.name,
    container: instance.containers.length > 1 ? container.name : undefined,
  };
}
