import { Route, Routes } from 'react-router-dom';
import { ClusterPage } from './ClusterPage/ClusterPage';
import { FleetPage } from './FleetPage/FleetPage';

/** What lies below `/callboard`, without the apps. */
export function FleetRoutes(): JSX.Element {
  return (
    <Routes>
      <Route path="/" element={<FleetPage />} />
      <Route path="/clusters/:cluster" element={<ClusterPage />} />
    </Routes>
  );
}
