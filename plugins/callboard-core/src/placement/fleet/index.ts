export type { FleetApp } from './FleetApp';
export { PlacementFleet } from './PlacementFleet';
