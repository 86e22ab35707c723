export * from './ControlPlane';
