namespace Analytics.Landing;

/// <summary>A row of <c>bronze.nyc_yellow_trips</c>. Amounts are dollars, in whole cents; times are New York's, in whole seconds.</summary>
internal readonly record struct Trip(
    int VendorId,
    DateTime? PickupAt,
    DateTime DropoffAt,
    int? PassengerCount,
    double TripDistance,
    int? RateCodeId,
    string? StoreAndForwardFlag,
    int PickupZone,
    int DropoffZone,
    int PaymentType,
    double FareAmount,
    double TipAmount,
    double TotalAmount,
    string Month
);
