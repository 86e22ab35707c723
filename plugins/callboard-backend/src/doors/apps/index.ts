export { AppDoor, appDoorServiceRef } from './AppDoor';
export { readAppNames } from './readAppNames';
