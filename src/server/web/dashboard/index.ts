export { createDashboardPage, type DashboardPageOptions } from './create-dashboard-page.js';
