export type { ChosenClusters, PlacementPublisher } from './PlacementPublisher';
