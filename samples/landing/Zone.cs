namespace Analytics.Landing;

/// <summary>One of the taxi zones that New York's Taxi and Limousine Commission publishes.</summary>
/// <param name="Id">1 to 265.</param>
/// <param name="Borough">One of the five boroughs, EWR for Newark Airport, or Unknown.</param>
/// <param name="Name">Not unique: three islands share one name.</param>
/// <param name="ServiceZone">Which taxis may pick up there.</param>
internal sealed record Zone(int Id, string Borough, string Name, string ServiceZone);
